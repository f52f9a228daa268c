import csharp from '../../examples/sign/Sign.cs?raw';
import java from '../../examples/sign/Sign.java?raw';
import go from '../../examples/sign/sign.go?raw';
import node from '../../examples/sign/sign.mjs?raw';
import php from '../../examples/sign/sign.php?raw';
import perl from '../../examples/sign/sign.pl?raw';
import python from '../../examples/sign/sign.py?raw';
import ruby from '../../examples/sign/sign.rb?raw';

/** The files of `examples/sign`, which a test runs. */
export const signSamples = [
  { language: 'Node.js', code: node },
  { language: 'PHP', code: php },
  { language: 'Python', code: python },
  { language: 'Ruby', code: ruby },
  { language: 'Java', code: java },
  { language: 'C#', code: csharp },
  { language: 'Go', code: go },
  { language: 'Perl', code: perl },
] as const;
