/** Marks a style sheet for the build, which minifies it. */
export const css = String.raw;

/**
 * The tokens bear the names of the console's. Lengths are in px: a page's `html { font-size }` must not reach in here.
 * Directions are logical, so that all of it mirrors with the page. How messages look comes with `talk.tsx`.
 */
export const styles = css`
* { box-sizing: border-box; margin: 0; font: inherit; color: inherit }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
button { cursor: pointer }
button:hover { filter: brightness(1.1) }
b { position: absolute; top: -4px; inset-inline-end: -4px; min-width: 22px; border-radius: 11px; background: canvastext; color: canvas; font: 600 12px/22px system-ui }
b:empty { display: none }
.off { filter: grayscale(1) }
[hidden] { display: none }
.chat {
  --paper: light-dark(#fff, #141b1d);
  --sunk: light-dark(#edf2f2, #272f32);
  --ink: light-dark(#1a2326, #e7eced);
  --ink-soft: light-dark(#525d60, #a3adaf);
  --edge: light-dark(#7d898b, #717d7f);
  color: var(--ink);
  font: 14px/1.5 system-ui, sans-serif;
}
.panel {
  position: absolute; bottom: 0; inset-inline-end: 0; display: flex; flex-direction: column; overflow: hidden;
  width: min(376px, 100vw - 40px); height: min(640px, 100vh - 40px);
  border: 1px solid transparent; border-radius: 12px; background: var(--paper);
  box-shadow: 0 8px 28px #0004; transition: opacity .16s, transform .16s;
}
:host([data-position=start]) .panel { inset-inline: 0 auto }
@starting-style { .panel { opacity: 0; transform: translateY(8px) } .late { visibility: hidden } }
@media (max-width: 480px) {
  .panel {
    position: fixed; inset: var(--top, 0) 0 auto !important; width: auto; height: var(--height, 100dvh);
    border: 0; border-radius: 0;
  }
}
@media (prefers-reduced-motion) { .panel { transition: none } }
header { display: flex; align-items: center; padding-block: 4px; padding-inline: 16px 4px; border-bottom: 1px solid var(--sunk) }
h2 { flex: 1; font-weight: 600 }
small { color: var(--ink-soft); font-size: 12px; font-weight: 400 }
.icon { width: 44px; height: 44px; padding: 12px; border: 0; border-radius: 6px; background: none; color: var(--ink-soft) }
svg { width: 20px; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round }
.log, .start { flex: 1; overflow: auto; padding: 16px; overscroll-behavior: contain }
.note { padding: 8px 16px; color: var(--ink-soft); text-align: center; unicode-bidi: plaintext }
.late { transition: visibility 0s 1.5s }
.bad { color: light-dark(#ba2b2e, #f98f87) }
form, label { display: flex; flex-direction: column; gap: 4px }
.start { gap: 16px }
.hello { font-size: 20px }
input, textarea {
  min-height: 44px; padding: 9px 12px; border: 1px solid var(--edge); border-radius: 6px; background: none; font-size: 16px;
}
.primary { min-height: 44px; border: 0; border-radius: 6px; background: var(--accent); color: var(--on-accent); font-weight: 600 }
.composer { display: grid; grid-template-columns: 1fr 44px; gap: 8px; padding: 12px }
.composer button { align-self: end; border-radius: 22px; background: var(--accent); color: var(--on-accent) }
.composer small:empty { display: none }
::placeholder { color: var(--ink-soft) }
textarea { max-height: 138px; resize: none }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
`;
