import { useCallback, useState } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED = 'assistant.theme';

const isTheme = (value: string | null): value is Theme => THEMES.some((theme) => theme === value);

const show = (theme: Theme): void => {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
};

const storedTheme = (): Theme => {
  const stored = localStorage.getItem(STORED);
  return isTheme(stored) ? stored : 'system';
};

/** Applied before the first paint of the page. */
export const applyStoredTheme = (): void => show(storedTheme());

/** The theme that follows in the switch. */
export const nextTheme = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';

export const useTheme = (): { readonly theme: Theme; choose(theme: Theme): void } => {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const choose = useCallback((chosen: Theme) => {
    localStorage.setItem(STORED, chosen);
    show(chosen);
    setTheme(chosen);
  }, []);
  return { theme, choose };
};
