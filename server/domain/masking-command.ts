import type { ClaimedVariable, OfferContent, Page } from '../../protocol/entities.ts';
import type { Command } from './command.ts';
import type { Mask } from './masking.ts';

/** Whether anything in it was written by somebody, or by a page. Of every command there is, so that none is forgotten. */
const isWritten: Readonly<Record<Command['type'], boolean>> = {
  request: true,
  message: true,
  offer: true,
  answer: true,
  invite: true,
  move: true,
  classify: true,
  rate: true,
  visit: true,
  claim: true,
  withdraw: false,
  uninvite: false,
  join: false,
  leave: false,
  end: false,
  /** What it says is the queue's own. */
  accept: false,
  decline: false,
  /** Signed by the site: its own word. */
  identify: false,
  sign_out: false,
  revoke: false,
  present: false,
  ask: false,
  give_up: false,
  lapse: false,
  return: false,
  lose: false,
  abandon: false,
  transcript: false,
  confirm: false,
};

export const hasWords = ({ type }: Command): boolean => isWritten[type];

/** A command without what its site keeps nowhere: to be masked before anything decides on it, so that no event has it. */
export function maskCommand(command: Command, mask: Mask): Command {
  switch (command.type) {
    case 'request':
      return {
        ...command,
        page: maskPage(command.page, mask),
        claims: maskClaims(command.claims, mask),
        ...(command.text !== undefined && { text: mask.text(command.text) }),
      };
    case 'message':
      return {
        ...command,
        text: mask.text(command.text),
        ...(command.files && { files: command.files.map((file) => ({ ...file, name: mask.text(file.name) })) }),
      };
    case 'offer':
      return { ...command, content: maskOffer(command.content, mask) };
    case 'answer':
      return { ...command, values: command.values.map(mask.text) };
    case 'invite':
    case 'move':
      return { ...command, note: mask.text(command.note) };
    case 'classify':
      return { ...command, ...(command.note !== undefined && { note: mask.text(command.note) }) };
    case 'rate':
      return { ...command, ...(command.comment !== undefined && { comment: mask.text(command.comment) }) };
    case 'visit':
      return { ...command, page: maskPage(command.page, mask) };
    case 'claim':
      return { ...command, variables: maskClaims(command.variables, mask) };
    default:
      return command;
  }
}

const maskPage = ({ url, title }: Page, mask: Mask): Page => ({ url: mask.address(url), title: mask.text(title) });

/** A number that is no longer whole is a text. */
const maskClaims = (claims: readonly ClaimedVariable[], mask: Mask): ClaimedVariable[] =>
  claims.map((claim) => {
    const said = String(claim.value);
    const masked = mask.text(said);
    return masked === said ? claim : { ...claim, value: masked };
  });

const maskOffer = (content: OfferContent, mask: Mask): OfferContent => ({
  ...content,
  title: mask.text(content.title),
  options: content.options.map(({ value, label, description, ...option }) => ({
    value: mask.text(value),
    label: mask.text(label),
    ...(description !== undefined && { description: mask.text(description) }),
    ...option,
  })),
});
