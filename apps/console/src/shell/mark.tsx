/** The product's mark. */
export const Mark = ({ size }: { readonly size: number }) => (
  <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect className="mark-ground" width="32" height="32" rx="9" />
    <path className="mark-figure" d="M9 21.5V14a5 5 0 0 1 5-5h4a5 5 0 0 1 5 5v1.5a5 5 0 0 1-5 5h-4.6L9 24z" />
    <circle className="mark-ground" cx="14" cy="14.8" r="1.5" />
    <circle className="mark-ground" cx="18.6" cy="14.8" r="1.5" />
  </svg>
);
