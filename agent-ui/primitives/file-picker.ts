import { html, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import './icon-button.ts';

interface FilePicker {
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** The button by which files are chosen. The field behind it is nobody's to see or to reach. */
export function filePicker({ label, onFiles }: FilePicker): TemplateResult {
  const chosen = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // The same file can be chosen again.
    input.value = '';
    if (files.length > 0) onFiles(files);
  };
  return html`<ui-icon-button label=${label} @click=${choose}>${icon('paperclip', 16)}</ui-icon-button>
    <input class="unseen" type="file" multiple tabindex="-1" aria-hidden="true" @change=${chosen} />`;
}

function choose(event: Event) {
  const input = (event.currentTarget as HTMLElement).nextElementSibling;
  if (input instanceof HTMLInputElement) input.click();
}

/** What of a paste is files, which then is not pasted as anything else. */
export function filesOfPaste(event: ClipboardEvent): readonly File[] {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) event.preventDefault();
  return files;
}
