/** How far something has come that is fetched page by page. */
export type Progress = 'loading' | 'failed' | 'more' | 'done';
