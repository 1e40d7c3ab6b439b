import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { previewStrings } from '@strings/preview';
import { Preview } from './preview';

describe('a preview', () => {
  it.each(['linkedin', 'facebook', 'instagram'] as const)('shows the first comment below a post on %s', (platform) => {
    render(<Preview of={{ platform, name: 'Acme', text: 'The post', comment: ' Two\nlines ' }} />);
    const comment = screen.getByRole('group', { name: previewStrings.comment });
    expect(comment).toHaveTextContent('Acme');
    expect(comment).toHaveTextContent('Two lines');
  });
  it('shows none where nothing is written, and none on platforms without comments', () => {
    render(<Preview of={{ platform: 'linkedin', name: 'Acme', text: 'The post', comment: ' ' }} />);
    render(<Preview of={{ platform: 'x', name: 'Acme', text: 'The post', comment: 'Yes' }} />);
    expect(screen.queryByRole('group', { name: previewStrings.comment })).toBeNull();
  });
});
