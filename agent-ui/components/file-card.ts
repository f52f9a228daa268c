import { html, nothing } from 'lit';
import type { FileRef } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { icon } from '../icons.ts';
import { plainLine } from '../state/plain-text.ts';
import type { Texts } from '../texts.ts';
import { fileSize } from './file-size.ts';

/** The files of a message. A template, so that they stand in the bubble's own tree. */
export function fileCards(files: readonly FileRef[], texts: Texts) {
  if (files.length === 0) return nothing;
  return html`<div class="files">${files.map((file) => (file.kind === 'image' ? picture(file) : card(file, texts)))}</div>`;
}

/** Its place is kept before it is there, so that nothing moves under who reads. */
function picture({ id, name, width = limits.thumbnailPixels, height = limits.thumbnailPixels }: FileRef) {
  const scale = Math.min(1, 240 / Math.max(width, height));
  return html`<a class="picture" href="/files/${id}" target="_blank" rel="noopener">
    <img
      src="/files/${id}/thumbnail"
      alt=${plainLine(name)}
      width=${Math.max(24, Math.round(width * scale))}
      height=${Math.max(24, Math.round(height * scale))}
      loading="lazy"
      decoding="async"
    />
  </a>`;
}

function card({ id, name, kind, bytes }: FileRef, texts: Texts) {
  return html`<a class="file" href="/files/${id}" target="_blank" rel="noopener">
    ${icon('file-text', 20)}
    <span>
      <bdi class="file-name">${plainLine(name)}</bdi>
      <span class="file-about">${texts.t(`file.${kind}`)} · ${fileSize(bytes, texts)}</span>
    </span>
  </a>`;
}
