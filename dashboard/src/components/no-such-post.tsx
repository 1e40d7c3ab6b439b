import { Link } from '@tanstack/react-router';
import { buttonStyle } from '@/components/button';
import { Empty } from '@/components/states';
import { postsStrings as words } from '@strings/posts';
import { problemStrings } from '@strings/problems';

/** At the address of a post that is not there, or that never was one. */
export const NoSuchPost = () => (
  <Empty
    action={
      <Link to="/app/posts" className={buttonStyle('quiet')}>
        {words.toAll}
      </Link>
    }
  >
    {words.noSuch} {problemStrings.notFound}
  </Empty>
);
