/** The path of the browser to test in; ends the process with a word where there is none. In `.mjs`, which any Node runs. */
export function findChromium(): string;
