import { createContext, use, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The place beside the navigation where a page may show its own list. */
export const PanelContext = createContext<HTMLElement | null>(null);

export const Panel = ({ children }: { readonly children: ReactNode }) => {
  const place = use(PanelContext);
  return place === null ? null : createPortal(children, place);
};
