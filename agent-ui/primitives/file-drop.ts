import { css, type ReactiveController, type ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

interface FileDropOptions {
  /** Asked when it happens: a chat may have ended since it was drawn. */
  readonly isOpen: () => boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Files may be dropped anywhere on its host, which has `data-drop` for as long as they hang over it. */
export class FileDrop implements ReactiveController {
  readonly #host: Host;
  readonly #options: FileDropOptions;
  #listening = new AbortController();

  constructor(host: Host, options: FileDropOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#host.addEventListener('dragover', this.#onOver, { signal });
    this.#host.addEventListener('dragleave', this.#onLeave, { signal });
    this.#host.addEventListener('drop', this.#onDrop, { signal });
  }

  hostDisconnected() {
    this.#listening.abort();
    this.#mark(false);
  }

  #mark(isOver: boolean) {
    this.#host.toggleAttribute('data-drop', isOver);
  }

  readonly #onOver = (event: DragEvent) => {
    if (!hasFiles(event) || !this.#options.isOpen()) return;
    event.preventDefault();
    this.#mark(true);
  };

  /** Going from one part of the host to another is no leaving. */
  readonly #onLeave = ({ relatedTarget }: DragEvent) => {
    if (!(relatedTarget instanceof Node && this.#host.contains(relatedTarget))) this.#mark(false);
  };

  readonly #onDrop = (event: DragEvent) => {
    this.#mark(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0 || !this.#options.isOpen()) return;
    event.preventDefault();
    this.#options.onFiles(files);
  };
}

/** How the host looks while files hang over it. */
export const fileDropStyles = css`
  :host([data-drop]) {
    outline: 2px dashed var(--accent);
    outline-offset: calc(-1 * var(--space-4));
    background: var(--accent-soft);
  }
`;

/** A file that is dropped where nothing takes it would be opened in place of the page, and all that was typed be gone. */
export class KeptPage implements ReactiveController {
  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('dragover', refuse);
    document.addEventListener('drop', refuse);
  }

  hostDisconnected() {
    document.removeEventListener('dragover', refuse);
    document.removeEventListener('drop', refuse);
  }
}

function refuse(event: DragEvent) {
  if (event.defaultPrevented || !hasFiles(event)) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
