/**
 * The keys of a horizontal tab list whose tabs are its buttons, after the ARIA practices: arrows walk and choose. Where
 * the page runs from right to left, so do the arrows.
 */
export function tabKeys(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  const isMirrored = getComputedStyle(list).direction === 'rtl';
  const step = { ArrowRight: isMirrored ? -1 : 1, ArrowLeft: isMirrored ? 1 : -1 }[event.key];
  if (at < 0 || step === undefined) return;
  event.preventDefault();
  const next = tabs.at((at + step) % tabs.length);
  next?.focus();
  next?.click();
}
