/** For whoever builds the page: its visitors never see it. */
export const warn = (text: string): void => console.warn(`Balie: ${text}`);
