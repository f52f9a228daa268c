import { html, type TemplateResult } from 'lit';
import type { Role } from '../../protocol/entities.ts';
import { isOfDesk, type Place } from '../state/places.ts';
import { pages } from './pages.ts';
import './settings-frame.ts';

/** What stands beside the bar at a place of its own; null at those that the shell draws. */
export function pageAt(place: Place, role: Role): TemplateResult | null {
  if (place === 'chats' || place === 'log') return null;
  const page = pages[place];
  void page.load();
  if (isOfDesk(place)) return html`<main class="page-at">${page.render()}</main>`;
  return html`<balie-settings-frame class="page-at" place=${place} rights=${role}>${page.render()}</balie-settings-frame>`;
}
