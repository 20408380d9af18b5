import type { ReactNode } from 'react';

const icon = (content: ReactNode) => {
  const Icon = ({ size = 18 }: { readonly size?: number }) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {content}
    </svg>
  );
  return Icon;
};

export type Icon = ReturnType<typeof icon>;

export const ChatIcon = icon(<path d="M4 18.5V8a4 4 0 0 1 4-4h8a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4H8.5z" />);
export const HealthIcon = icon(<path d="M3 12h4l2.5-6.5 5 13L17 12h4" />);
export const LogsIcon = icon(
  <>
    <path d="M5 6h14M5 12h14M5 18h9" />
  </>,
);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const TrashIcon = icon(<path d="M4.5 7h15M10 11v6M14 11v6M6 7l1 12.5h10L18 7M9 7V4.5h6V7" />);
export const SendIcon = icon(<path d="M12 19V5M6 11l6-6 6 6" />);
export const StopIcon = icon(<rect x="7" y="7" width="10" height="10" rx="1.5" fill="currentColor" stroke="none" />);
export const ClipIcon = icon(<path d="M19.5 11.5 12 19a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.5 1.5 0 0 1-2.2-2.2l7.3-7.2" />);
export const CopyIcon = icon(
  <>
    <rect x="9" y="9" width="11" height="11" rx="2.5" />
    <path d="M15 5.5A2 2 0 0 0 13 4H6a2 2 0 0 0-2 2v7a2 2 0 0 0 1.5 2" />
  </>,
);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7" />);
export const CrossIcon = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const ChevronIcon = icon(<path d="m9 6 6 6-6 6" />);
export const DownIcon = icon(<path d="M12 5v14M6 13l6 6 6-6" />);
export const ToolIcon = icon(
  <path
    d="M14.5 6.5a4.2 4.2 0 0 1 5.4-1.6l-3 3 .6 2.1 2.1.5 2.6-2.6a4.3 4.3 0 0 1-5.8 5.2L9 20.5a2.2 2.2 0 0 1-3.2-3.2l7.6-7.4a4.3 4.3 0 0 1 1.1-3.4z"
    transform="translate(-1.5 0)"
  />,
);
export const WarningIcon = icon(
  <path d="M12 9.5v4M12 17h.01M10.6 4.4 2.8 18a1.6 1.6 0 0 0 1.4 2.4h15.6a1.6 1.6 0 0 0 1.4-2.4L13.4 4.4a1.6 1.6 0 0 0-2.8 0z" />,
);
export const ShieldIcon = icon(<path d="M12 3.5 19 6v6c0 4.2-3 7.3-7 8.5-4-1.2-7-4.3-7-8.5V6zM9 9.5l6 5M15 9.5l-6 5" />);
export const FileIcon = icon(<path d="M13.5 3.5H8a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V8zM13.5 3.5V8H18" />);
export const MenuIcon = icon(<path d="M4 7h16M4 12h16M4 17h16" />);
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4" />
  </>,
);
export const MoonIcon = icon(<path d="M20 14.2A8 8 0 0 1 9.8 4 8 8 0 1 0 20 14.2z" />);
export const SystemIcon = icon(
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor" stroke="none" />
  </>,
);
export const SparkIcon = icon(<path d="M12 4c.6 4.6 3.4 7.4 8 8-4.6.6-7.4 3.4-8 8-.6-4.6-3.4-7.4-8-8 4.6-.6 7.4-3.4 8-8z" />);
export const CalculatorIcon = icon(
  <>
    <rect x="5" y="3.5" width="14" height="17" rx="2.5" />
    <path d="M8.5 7.5h7M8.5 12h.01M12 12h.01M15.5 12h.01M8.5 16h.01M12 16h.01M15.5 16h.01" />
  </>,
);
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5l3.2 2" />
  </>,
);
export const RulerIcon = icon(<path d="M3.5 15.5 15.5 3.5l5 5-12 12zM7 12l2 2M10.5 8.5l2 2M14 5l2 2" />);
