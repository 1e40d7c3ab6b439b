import { Preview, type PreviewMedium } from '@/components/preview';
import { Ago, Time } from '@/components/time';
import { useChannels, type Channel } from '@/data/channels';
import type { Delivery } from '@/data/deliveries';
import { useMe } from '@/data/people';
import type { Explanation, Post } from '@/data/posts';
import { useProjects } from '@/data/projects';
import type { Schemas } from '@/lib/api/client';
import { lengthOf } from '@/lib/time/format';
import { commonStrings } from '@strings/common';
import { platformNames } from '@strings/platforms';
import { postStrings as words } from '@strings/post';

const Row = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="grid grid-cols-[5.5rem_1fr] gap-2">
    <dt className="text-secondary">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
);

const policyText = ({ policy, after_seconds: after }: Schemas['lateness']): string =>
  policy === 'send' ? words.policies.send : words.policies[policy](lengthOf(after * 1000));

/** "Ada Brandt wrote the post." names its author without a look-up in the list of people. */
const authorOf = (told: Explanation | undefined): string | undefined => {
  const sentence = told?.deliveries[0]?.steps.find((step) => step.kind === 'written')?.sentence;
  return sentence ? /^(.*?) wrote /.exec(sentence)?.[1] : undefined;
};

/** A channel's version of the post. */
const mediaOf = (post: Post, channel: Channel | undefined): PreviewMedium[] => {
  const all: PreviewMedium[] =
    post.media.length > 0 ? post.media : post.image ? [{ kind: 'image', ...post.image }] : [];
  const takes = channel?.capabilities_json;
  return takes ? all.filter((each) => (each.kind === 'video' ? takes.video : takes.image)) : all;
};

export const PostDetails = ({
  post,
  chosen,
  told,
  zone,
}: {
  post: Post;
  chosen?: Delivery;
  told?: Explanation;
  zone: string;
}) => {
  const me = useMe();
  const channels = useChannels();
  const project = useProjects().find((each) => each.id === post.project_id);
  const platform = chosen?.channel_type;
  const channel = channels.find((each) => each.id === chosen?.channel_id);
  const lateness = post.lateness ?? project?.lateness;
  const author = authorOf(told) ?? (me?.member.id === post.author_id ? me.member.full_name : undefined);
  return (
    <div className="flex flex-col gap-5 p-5">
      {platform && (
        <section className="flex flex-col gap-2">
          <h2 className="text-secondary">{words.asShown(platformNames[platform])}</h2>
          <Preview
            of={{
              platform,
              name: platform === 'website' ? (project?.name ?? chosen.channel_name) : chosen.channel_name,
              handle: channel?.account?.handle,
              title: post.title,
              text: post.variants.find((each) => each.platform === platform)?.text ?? post.text,
              parts: post.options[platform]?.thread?.split(/\n---\n/),
              comment: post.options[platform]?.first_comment,
              media: mediaOf(post, channel),
            }}
          />
        </section>
      )}
      <section className="flex flex-col gap-2 border-t border-line-subtle pt-4">
        <h2 className="text-secondary">{words.details}</h2>
        <dl className="flex flex-col gap-2">
          <Row name={words.due}>
            {post.scheduled_at ? (
              <>
                <Time at={post.scheduled_at} zone={zone} />
                <p className="text-meta text-muted">
                  <Ago at={post.scheduled_at} />
                </p>
              </>
            ) : (
              <span className="text-muted">{words.notScheduled}</span>
            )}
          </Row>
          {lateness && (
            <Row name={words.ifLate}>
              {policyText(lateness)}
              <p className="text-meta text-muted">{post.lateness ? words.policyOfPost : words.policyOfProject}</p>
            </Row>
          )}
          {author && <Row name={words.author}>{author}</Row>}
          {project && <Row name={words.project}>{project.name}</Row>}
          <Row name={words.created}>
            <Time at={post.created_at} zone={zone} as="smart" />
          </Row>
          {post.updated_at !== post.created_at && (
            <Row name={words.edited}>
              <Time at={post.updated_at} zone={zone} as="smart" />
            </Row>
          )}
          <Row name={words.variants}>
            {post.variants.length
              ? commonStrings.list(post.variants.map((each) => platformNames[each.platform]))
              : words.noVariants}
          </Row>
        </dl>
      </section>
    </div>
  );
};
