import type { FileRef } from '../../protocol/entities.ts';
import { hasFailed, isUploading, type Shelf, type Upload } from '../shelf.ts';
import en from '../texts/en-files.json' with { type: 'json' };
import nl from '../texts/nl-files.json' with { type: 'json' };
import type { TextKey } from '../texts/speech.ts';
import { clear, remove, retry, shelfOf } from '../uploads.ts';
import { iconButton } from './icon-button.tsx';
import { opening, picture } from './picture.tsx';
import type { Screen } from './screen.ts';

export { attach as attachFiles, deliver } from '../uploads.ts';
export { styles } from './files-styles.ts';
export const texts = { en, nl };

/** The files of a message. Each is a link to the file, whatever becomes of its picture. */
export function fileList(files: readonly FileRef[], screen: Screen) {
  if (!files.length) return null;
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.id}>
          <a {...opening(screen, file)}>
            {file.kind === 'image' && picture(screen, file)}
            <span class="file">
              {file.kind !== 'image' && documentIcon}
              <span>
                <bdi>{file.name}</bdi>
                <small>
                  {screen.t(kinds[file.kind])} · {sizeText(file.bytes, screen)}
                </small>
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const kinds = { image: 'kindImage', pdf: 'kindPdf', text: 'kindText' } as const;

const documentIcon = (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M14 3H6v18h12V7zM14 3v4h4M9 12h6M9 16h6" />
  </svg>
);

/** What will go with the next message. */
export function shelf(screen: Screen) {
  const { state, phase, t } = screen;
  if (state.shelf && (phase === 'ended' || state.shelf.conversation !== state.conversation)) clear(screen);
  const current = phase === 'ended' ? undefined : shelfOf(screen);
  if (!current) return null;
  const { uploads, flaws } = current;
  return (
    <div class="shelf">
      {uploads.length > 0 && (
        <ul aria-label={t('attached')}>
          {uploads.map((upload) => (
            <li key={upload.key}>{uploadLine(upload, screen)}</li>
          ))}
        </ul>
      )}
      <div role="alert">
        {flaws.map(({ reason, name }) => (
          <p class="bad">{t(flawTexts[reason], name)}</p>
        ))}
      </div>
      <small role="status">{standing(current, screen)}</small>
    </div>
  );
}

const flawTexts = { tooMany: 'tooManyFiles', tooLarge: 'tooLargeFile', empty: 'emptyFile' } as const;

function standing(current: Shelf, { t }: Screen): string {
  if (hasFailed(current)) return t(current.uploads.some(isRefused) ? 'removeFirst' : 'failedFirst');
  if (isUploading(current)) return current.isDue ? t('due') : '';
  return current.uploads.length ? t('ready', current.uploads.length) : '';
}

function uploadLine(upload: Upload, screen: Screen) {
  const { t } = screen;
  const { name, bytes, state } = upload;
  return (
    <>
      <span class="upload">
        <bdi>{name}</bdi>
        {state === 'sending' && <progress aria-label={t('uploading', name)} value={upload.sentBytes} max={bytes} />}
        {state === 'failed' && <small class="bad">{t(failureTexts[upload.code] ?? 'notUploaded', name)}</small>}
        {state === 'done' && <small>{sizeText(bytes, screen)}</small>}
      </span>
      {state === 'failed' &&
        !isRefused(upload) &&
        iconButton(t('retryFile', name), 'M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5', () => retry(screen, upload))}
      {iconButton(t(state === 'sending' ? 'cancelFile' : 'removeFile', name), 'M6 6l12 12M18 6L6 18', () =>
        remove(screen, upload),
      )}
    </>
  );
}

/** It would be refused again. */
const isRefused = (upload: Upload): boolean =>
  upload.state === 'failed' && /too_large|unsupported_type|file_refused|malware/.test(upload.code);

const failureTexts: Readonly<Record<string, TextKey>> = {
  interrupted: 'interrupted',
  timeout: 'interrupted',
  too_large: 'tooLargeFile',
  unsupported_type: 'refusedKind',
  file_refused: 'refusedContent',
  malware: 'malware',
  no_space: 'noSpace',
  too_many: 'tooManyUploads',
};

/** In the reader's way of writing numbers. Units of a thousand, as file managers count. */
function sizeText(bytes: number, { language }: Screen): string {
  const [unit, size] = bytes < 1e6 ? (['kilobyte', bytes / 1e3] as const) : (['megabyte', bytes / 1e6] as const);
  const maximumFractionDigits = unit === 'megabyte' ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits }).format(Math.max(size, 1));
}
