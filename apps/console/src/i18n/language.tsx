import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { preferredLanguage, translate, type Language, type MessageKey } from './messages';

export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

interface LanguageChoice {
  readonly language: Language;
  /** BCP 47, for dates and for the assistant. */
  readonly tag: string;
  readonly t: Translate;
  choose(language: Language): void;
}

const STORED = 'assistant.language';

const initialLanguage = (): Language => {
  const stored = localStorage.getItem(STORED);
  return stored === 'en' || stored === 'zh' ? stored : preferredLanguage(navigator.languages);
};

const Context = createContext<LanguageChoice | undefined>(undefined);

export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  const choose = useCallback((chosen: Language) => {
    localStorage.setItem(STORED, chosen);
    setLanguage(chosen);
  }, []);
  const value = useMemo<LanguageChoice>(
    () => ({ language, tag: language === 'zh' ? 'zh-CN' : 'en', t: (key, values) => translate(language, key, values), choose }),
    [language, choose],
  );
  useEffect(() => {
    document.documentElement.lang = value.tag;
    document.title = value.t('app.name');
  }, [value]);
  return <Context value={value}>{children}</Context>;
};

/** The chosen language and the sentences in it. */
export const useLanguage = (): LanguageChoice => {
  const value = use(Context);
  if (value === undefined) throw new Error('useLanguage needs a LanguageProvider above it');
  return value;
};
