import type { FileRef } from '../../protocol/entities.ts';
import { fileAddress } from '../file-access.ts';
import type { Screen } from './screen.ts';

/**
 * A thumbnail. Its address stays the one it was first drawn with: a later ticket would load it again. Where the page's
 * policy keeps pictures out it goes. It says nothing by itself: what stands beside it names the file.
 */
export function picture(screen: Screen, { id, width, height }: FileRef) {
  const address = fileAddress(screen, id, '/thumbnail');
  return (
    <img
      alt=""
      width={width}
      height={height}
      ref={(image) => {
        if (image && address && !image.hasAttribute('src')) image.src = address;
      }}
      onError={({ currentTarget }) => {
        currentTarget.hidden = true;
      }}
    />
  );
}

/** What opens the file in a tab of its own. The ticket in it is renewed before it can be followed. */
export const opening = (screen: Screen, { id }: FileRef) => {
  const renew = () => void fileAddress(screen, id);
  const href = fileAddress(screen, id);
  return {
    ...(href && { href }),
    target: '_blank',
    rel: 'noopener noreferrer',
    onFocus: renew,
    onPointerEnter: renew,
    onPointerDown: renew,
  };
};
