import { css, html, LitElement, svg } from 'lit';
import { encode } from 'uqr';

/** Modules of white around the code, as ISO/IEC 18004 wants it. */
const quiet = 4;

/** A text for the camera of a phone. Black on white in the dark too: some cameras read nothing else. */
export class QrCode extends LitElement {
  static override properties = { text: {}, label: {} };
  static override styles = css`
    svg {
      display: block;
      width: 180px;
      height: 180px;
      border-radius: var(--radius-control);
      background: #fff;
    }
  `;

  declare text: string;
  declare label: string;

  override render() {
    const { size, data } = encode(this.text, { border: quiet });
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return html`<svg role="img" aria-label=${this.label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
      ${svg`<path d=${dark.join('')} fill="#000" />`}
    </svg>`;
  }
}

customElements.define('balie-qr-code', QrCode);
