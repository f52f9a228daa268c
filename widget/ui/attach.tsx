import { warn } from '../warn.ts';
import type { Screen } from './screen.ts';

/**
 * What a file picker offers first; the server finds out what a file is from its content. Named one by one, so that a
 * phone whose camera has a format of its own hands over a JPEG.
 */
const accept =
  'image/png,image/jpeg,image/gif,image/webp,image/avif,application/pdf,.txt,.csv,.tsv,.md,.log,.json,.yaml,.yml';

const mayAttach = ({ state, phase }: Screen): boolean =>
  !!state.site?.files && !!state.conversation && /waiting|active/.test(phase);

/** The button, and the other two ways: files dropped on the chat, and pasted. What it leads to is fetched then. */
export function attach(screen: Screen) {
  const { t, line, want, state } = screen;
  const isAllowed = mayAttach(screen);
  if (isAllowed && line.records.tab.files?.conversation === state.conversation)
    want('files', () => import('./files.tsx'));
  return (
    <>
      <input
        type="file"
        multiple
        hidden
        accept={accept}
        ref={(input) => listen(input?.closest<HTMLElement>('.panel'), screen)}
        onChange={({ currentTarget }) => {
          add(screen, currentTarget.files);
          currentTarget.value = '';
        }}
      />
      {isAllowed && (
        <button
          type="button"
          class="icon attach"
          aria-label={t('attach')}
          onClick={({ currentTarget }) => (currentTarget.previousElementSibling as HTMLInputElement).click()}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M21 11l-9 9a6 6 0 0 1-8.5-8.5l9-9a4 4 0 0 1 5.7 5.7l-9 9a2 2 0 0 1-2.8-2.8L14.7 6" />
          </svg>
        </button>
      )}
    </>
  );
}

async function add(screen: Screen, files: FileList | null | undefined) {
  const chosen = [...(files ?? [])];
  if (!chosen.length) return;
  try {
    const load = () => import('./files.tsx');
    screen.want('files', load);
    (await load()).attachFiles(screen, chosen);
  } catch (error) {
    warn(`files can't be attached: ${error}`);
  }
}

/** A file that is dropped where nothing takes it would replace the page that the chat is on. */
function listen(panel: HTMLElement | null | undefined, screen: Screen) {
  if (!panel) return;
  // Asked when it happens: the chat may have ended since this was drawn.
  const isOpen = () => !!panel.querySelector('.attach');
  const over = (isOver: boolean) => panel.toggleAttribute('data-drop', isOver && isOpen());
  panel.ondragover = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = isOpen() ? 'copy' : 'none';
    over(true);
  };
  panel.ondragleave = ({ relatedTarget }) => {
    if (!panel.contains(relatedTarget as Node | null)) over(false);
  };
  panel.ondrop = (event) => {
    over(false);
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    if (isOpen()) void add(screen, event.dataTransfer.files);
  };
  panel.onpaste = (event) => {
    const { clipboardData } = event;
    // What was copied in a word processor is a text and, beside it, a picture of it.
    if (!isOpen() || !clipboardData?.files.length || clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    void add(screen, clipboardData.files);
  };
}
