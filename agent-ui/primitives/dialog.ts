import { css, type LitElement, type ReactiveController } from 'lit';

interface ModalOptions {
  readonly isOpen: () => boolean;
  /** A person wants to leave it (Escape); whether it closes is the owner's to say. */
  readonly onLeave: () => void;
}

/**
 * Shows the `<dialog>` in its host's own root as a modal while `isOpen`. The element stays there, not in a shadow root of
 * ours, so that label, content and buttons are one tree to whoever reads or tests it. `data-autofocus` marks where the
 * focus starts; the platform takes it back to where it was.
 */
export class ModalController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: ModalOptions;
  #dialog: HTMLDialogElement | null = null;

  constructor(host: LitElement, options: ModalOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated() {
    const dialog = this.#dialog ?? this.#find();
    const isOpen = this.#options.isOpen();
    if (!dialog || dialog.open === isOpen) return;
    if (!isOpen) return dialog.close();
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    // It is read from its title on, wherever the focus is.
    dialog.scrollTop = 0;
  }

  #find() {
    this.#dialog = this.#host.renderRoot.querySelector('dialog');
    this.#dialog?.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.#options.onLeave();
    });
    // Keys with a meaning behind the dialog must not reach through it.
    this.#dialog?.addEventListener('keydown', (event) => event.stopPropagation());
    return this.#dialog;
  }
}

export const dialogStyles = css`
  dialog {
    width: min(26rem, calc(100vw - 2 * var(--space-16)));
    max-height: calc(100dvh - 2 * var(--space-16));
    padding: var(--space-24);
    overflow: auto;
    border: 1px solid var(--edge);
    border-radius: var(--radius-card);
    background: var(--paper-raised);
    box-shadow: var(--shadow);
    color: var(--ink);
  }

  dialog::backdrop {
    background: oklch(0.2 0.02 220 / 0.4);
  }

  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: arrive var(--motion-quick) ease-out;
    }
  }

  @keyframes arrive {
    from {
      opacity: 0;
      translate: 0 4px;
    }
  }

  dialog h2 {
    margin-bottom: var(--space-8);
    font-size: var(--text-16);
    font-weight: 600;
  }

  dialog p {
    color: var(--ink-soft);
  }

  dialog footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--space-8);
    margin: var(--space-12) calc(-1 * var(--space-24)) calc(-1 * var(--space-24));
    padding: var(--space-12) var(--space-24) var(--space-24);
    background: var(--paper-raised);
  }

  /* Of a long form the buttons stay in sight, where there is room for both. */
  @media (min-height: 500px) {
    dialog {
      scroll-padding-block-end: 8rem;
    }

    dialog footer {
      position: sticky;
      bottom: calc(-1 * var(--space-24));
    }
  }

  @media (max-width: 399px) {
    dialog footer .button {
      flex: 1 0 auto;
    }
  }
`;
