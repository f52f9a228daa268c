import type { SiteView } from '../../protocol/http.ts';

export const previewViews = ['start', 'waiting', 'chat', 'button'] as const;
export type PreviewView = (typeof previewViews)[number];

/** What the widget wears; told to the preview that is there, so that a change of it begins nothing anew. */
export type PreviewLook = SiteView['settings']['look'] & { readonly scheme: 'light' | 'dark' };

/** What a preview shows of a site. */
export interface PreviewScene {
  readonly view: PreviewView;
  readonly language: SiteView['settings']['languages'][number];
  readonly site: Pick<SiteView, 'name' | 'ask' | 'files'>;
  readonly queue: string;
  /** What is said while they wait, and by whom afterwards, in the order of a chat. */
  readonly waiting: string;
  readonly agent: string;
  readonly messages: readonly { readonly by: 'agent' | 'visitor'; readonly text: string }[];
}

/** Travels in the fragment of the preview's address, which no server sees. */
export const previewAddress = (scene: PreviewScene): string =>
  `preview.html#${encodeURIComponent(JSON.stringify(scene))}`;

/** Null where it is none. */
export function parseScene(hash: string): PreviewScene | null {
  try {
    const scene = JSON.parse(decodeURIComponent(hash.slice(1))) as Partial<PreviewScene>;
    return previewViews.some((view) => view === scene.view) ? (scene as PreviewScene) : null;
  } catch {
    return null;
  }
}
