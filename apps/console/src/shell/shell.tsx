import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language';
import { PAGES } from '../pages';
import { CrossIcon, MenuIcon, MoonIcon, SunIcon, SystemIcon } from './icons';
import { Mark } from './mark';
import { PanelContext } from './panel';
import { formatRoute, useRoute } from './route';
import { nextTheme, useTheme, type Theme } from './theme';
import './shell.css';

const THEME_ICONS = { system: SystemIcon, light: SunIcon, dark: MoonIcon } as const satisfies Record<Theme, unknown>;
const THEME_TITLES = { system: 'theme.system', light: 'theme.light', dark: 'theme.dark' } as const satisfies Record<Theme, string>;

const Switches = () => {
  const { language, t, choose } = useLanguage();
  const { theme, choose: chooseTheme } = useTheme();
  const ThemeIcon = THEME_ICONS[theme];
  return (
    <div className="rail-switches">
      <button
        type="button"
        className="rail-switch"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        aria-label={t('language.switch')}
        title={t('language.switch')}
        onClick={() => choose(language === 'en' ? 'zh' : 'en')}
      >
        <span aria-hidden="true">{language === 'en' ? '中' : 'EN'}</span>
      </button>
      <button
        type="button"
        className="rail-switch"
        data-testid="theme"
        aria-label={t(THEME_TITLES[theme])}
        title={t(THEME_TITLES[theme])}
        onClick={() => chooseTheme(nextTheme(theme))}
      >
        <ThemeIcon />
      </button>
    </div>
  );
};

const Rail = ({ current }: { readonly current: string }) => {
  const { t } = useLanguage();
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <a className="rail-mark" href={formatRoute('chat')} aria-label={t('app.name')}>
        <Mark size={34} />
      </a>
      <ul className="rail-pages">
        {PAGES.map(({ name, title, icon: PageIcon }) => (
          <li key={name}>
            <a className="rail-page" href={formatRoute(name)} aria-current={name === current ? 'page' : undefined}>
              <PageIcon size={20} />
              <span>{t(title)}</span>
            </a>
          </li>
        ))}
      </ul>
      <Switches />
    </nav>
  );
};

/** The frame of the console: navigation at the left (a drawer on small screens), the page beside it. */
export const Shell = () => {
  const { t } = useLanguage();
  const route = useRoute();
  const [panel, setPanel] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);
  const page = PAGES.find(({ name }) => name === route.page);
  const PageComponent = page?.component;

  useEffect(() => setOpen(false), [route.page, route.rest]);
  useEffect(() => {
    if (!open) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      menuButton.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);

  return (
    <PanelContext value={panel}>
      <div className="shell" data-open={open || undefined}>
        <a className="skip" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}>
          {t('app.skip')}
        </a>
        <header className="topbar">
          <button ref={menuButton} type="button" className="icon-button" aria-label={t('nav.menu')} aria-expanded={open} onClick={() => setOpen(true)}>
            <MenuIcon size={20} />
          </button>
          <span className="topbar-title">{page === undefined ? t('app.name') : t(page.title)}</span>
        </header>
        <button type="button" className="scrim" tabIndex={-1} aria-hidden="true" onClick={() => setOpen(false)} />
        <div className="drawer">
          <Rail current={route.page} />
          <div className="panel" ref={setPanel} />
          <button type="button" className="drawer-close icon-button" aria-label={t('nav.close')} onClick={() => setOpen(false)}>
            <CrossIcon />
          </button>
        </div>
        <main id="main" tabIndex={-1}>
          {PageComponent === undefined ? <p className="page-message">{t('nav.notFound')}</p> : <PageComponent route={route} />}
        </main>
      </div>
    </PanelContext>
  );
};
