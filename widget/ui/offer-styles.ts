import { css } from './styles.ts';

export const styles = css`
.offer {
  display: flex; flex-direction: column; gap: 8px; margin: 12px 0; padding: 16px;
  border: 1px solid var(--edge); border-radius: 12px; overflow-wrap: anywhere;
}
.offer fieldset { display: flex; flex-direction: column; gap: 8px; min-width: 0; padding: 0; border: 0 }
.offer legend { margin-bottom: 8px; padding: 0 }
.offer legend, .question { font-weight: 600 }
.option {
  position: relative; isolation: isolate; display: flex; align-items: center; gap: 12px; min-height: 44px; padding: 8px 12px;
  border: 1px solid var(--edge); border-radius: 6px;
}
.option:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.option:has(input:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px }
.option input { position: relative; z-index: 1; flex: none; width: 20px; height: 20px; min-height: 0; padding: 0; accent-color: var(--accent); outline: 0 }
.option span { flex: 1 }
.option label { display: block; cursor: pointer }
.option label::after { content: ""; position: absolute; inset: 0 }
.offer small { display: block }
.picture { position: relative; flex: none; display: flex; width: 56px; height: 56px; border-radius: 6px; overflow: clip; background: var(--sunk) }
.picture img { width: 56px; height: 56px; object-fit: cover }
.offer .primary { margin-top: 4px }
.picture:has([hidden])::after { content: "↗" / ""; margin: auto; font-size: 20px }
.offer .bad:empty { display: none }
.offer ul { display: flex; flex-direction: column; gap: 4px; padding: 0; list-style: none }
.chosen li { display: flex; gap: 8px; font-weight: 600 }
.chosen svg { flex: none; color: var(--accent) }
.answering .chosen { opacity: .6 }
.withdrawn .question { color: var(--ink-soft) }
summary { width: fit-content; min-height: 24px; color: var(--ink-soft); font-size: 12px; cursor: pointer }
details ul { margin-top: 8px; color: var(--ink-soft) }
`;
