/** On a phone the chat fills what the keyboard leaves. When zoomed in, the visitor decides what is seen. */
export function keepInView({ style }: HTMLElement, signal: AbortSignal) {
  const view = visualViewport as VisualViewport;
  const fit = () => {
    if (view.scale < 1.01) style.cssText = `--top:${view.offsetTop}px;--height:${view.height}px`;
  };
  for (const type of ['resize', 'scroll']) view.addEventListener(type, fit, { signal });
  fit();
}
