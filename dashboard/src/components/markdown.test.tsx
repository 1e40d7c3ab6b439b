import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MarkdownText } from './markdown';

it('marks are drawn, and markup stays text', () => {  // asvs: 3.2.2
  const { container } = render(
    <MarkdownText text={'# Ada\n\nwarm and **short** <b onclick="x()">loud</b><script>x()</script>'} />,
  );
  expect(container.querySelector('strong')?.textContent).toBe('short');
  expect(container.querySelector('script,b,[onclick]')).toBeNull();
  expect(container.textContent).toContain('loud');
});

it('a link leads out, but never to a script; a picture is its description, so nobody is asked for it', () => {
  const { container } = render(
    <MarkdownText
      text={
        '[site](https://example.org) [bad](javascript:alert(1)) [data](data:text/html,x)\n\n![A cat](https://example.org/cat.png)'
      }
    />,
  );
  const links = [...container.querySelectorAll('a')];
  expect(links.map((each) => each.getAttribute('href'))).toEqual(['https://example.org']);
  expect(links[0]?.getAttribute('rel')).toContain('noopener');
  expect(container.querySelector('img')).toBeNull();
  expect(screen.getByText(/A cat/)).toBeTruthy();
});
