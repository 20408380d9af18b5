import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from './i18n/language';
import { Shell } from './shell/shell';
import { applyStoredTheme } from './shell/theme';

applyStoredTheme();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <LanguageProvider>
      <Shell />
    </LanguageProvider>,
  );
}
