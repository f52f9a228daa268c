import type { FileRef } from '../../protocol/entities.ts';
import { fileAddress } from '../file-access.ts';
import type { Screen } from './screen.ts';

const [mostWidth, mostHeight] = [272, 200];

/**
 * A thumbnail. Its address stays the one it was first drawn with: a later ticket would load it again. Where the page's
 * policy keeps pictures out it goes. It says nothing by itself: what stands beside it names the file.
 */
export function picture(screen: Screen, { id, width = mostWidth, height = mostHeight }: FileRef) {
  const address = fileAddress(screen, id, '/thumbnail');
  // Its place is kept before it is there, so that nothing moves when it comes.
  const scale = Math.min(1, mostWidth / width, mostHeight / height);
  return (
    <img
      alt=""
      width={Math.round(width * scale)}
      height={Math.round(height * scale)}
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
