import { css, html, LitElement } from 'lit';
import { reset } from './reset.ts';

/** Says `message` aloud, politely, each time it is set to something new. */
export class LiveRegion extends LitElement {
  static override properties = { message: {} };
  static override styles = [
    reset,
    css`
      :host {
        position: absolute;
      }
    `,
  ];

  declare message: string;

  constructor() {
    super();
    this.message = '';
  }

  override render() {
    return html`<div class="unseen" role="status" aria-live="polite">${this.message}</div>`;
  }
}

customElements.define('ui-live-region', LiveRegion);
