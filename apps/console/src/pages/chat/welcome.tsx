import { useLanguage } from '../../i18n/language';
import { CalculatorIcon, ClockIcon, RulerIcon, SparkIcon } from '../../shell/icons';
import { Mark } from '../../shell/mark';

/** All of them are answered by the demo provider too. */
const EXAMPLES = [
  { title: 'example.helpTitle', text: 'example.help', icon: SparkIcon },
  { title: 'example.calculateTitle', text: 'example.calculate', icon: CalculatorIcon },
  { title: 'example.timeTitle', text: 'example.time', icon: ClockIcon },
  { title: 'example.convertTitle', text: 'example.convert', icon: RulerIcon },
] as const;

/** What an empty conversation shows. */
export const Welcome = ({ onChoose }: { readonly onChoose: (text: string) => void }) => {
  const { t } = useLanguage();
  return (
    <div className="welcome">
      <Mark size={52} />
      <h1>{t('chat.welcome')}</h1>
      <p>{t('chat.welcomeHint')}</p>
      <ul>
        {EXAMPLES.map(({ title, text, icon: ExampleIcon }) => (
          <li key={text}>
            <button type="button" onClick={() => onChoose(t(text))}>
              <ExampleIcon size={19} />
              <b>{t(title)}</b>
              <span>{t(text)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
