import { css } from './styles.ts';

export const styles = css`
.files { display: flex; flex-direction: column; gap: 4px; max-width: 85%; margin-top: 2px; padding: 0; list-style: none }
.own .files { align-items: end }
.files a {
  display: block; overflow: clip; border: 1px solid var(--edge); border-radius: 12px; color: inherit; text-decoration: none;
}
.files img { display: block; max-width: 100%; height: auto; background: var(--sunk) }
.files img[hidden] { display: none }
.file { display: flex; gap: 8px; align-items: center; min-height: 44px; padding: 8px 12px; overflow-wrap: anywhere }
.file svg { flex: none; color: var(--ink-soft) }
.file bdi { text-decoration: underline }
.files small { display: block; padding: 0 }
.sending .files { opacity: .6 }
.shelf { padding-block: 4px 0; padding-inline: 16px 12px; border-top: 1px solid var(--sunk) }
.shelf:not(:has(li, p)) { display: none }
.shelf ul { max-height: min(224px, 30vh); overflow: auto; margin: 0; padding: 0; list-style: none }
.shelf li { display: flex; align-items: center; min-height: 44px }
.shelf .icon { flex: none }
.upload { flex: 1; min-width: 0 }
.upload bdi { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.upload small { display: block; line-height: 1.3 }
progress { display: block; width: 100%; height: 6px; accent-color: var(--accent) }
`;
