import { css } from 'lit';

/**
 * A shade at each edge beyond which there is more: it stays where it is, and what covers it scrolls along with the content.
 * `--ground` is what lies behind, where that is not the page.
 */
export const moreSideways = css`
  background:
    linear-gradient(to right, var(--ground, var(--paper)) 40%, transparent) left / 40px 100% no-repeat local,
    linear-gradient(to left, var(--ground, var(--paper)) 40%, transparent) right / 40px 100% no-repeat local,
    linear-gradient(to right, color-mix(in oklch, var(--ink) 24%, transparent), transparent) left / 12px 100% no-repeat scroll,
    linear-gradient(to left, color-mix(in oklch, var(--ink) 24%, transparent), transparent) right / 12px 100% no-repeat scroll;
`;
