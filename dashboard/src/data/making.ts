/** What several pages make; each thing is made once, however often it is sent. */
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { sendOnce } from '@/lib/api/send-keys';

export const createProject = (body: Schemas['create_project_request']): Promise<Schemas['project']> =>
  sendOnce('project', body, (header) => dataOf(api.POST('/projects', { body, params: { header } })));

export const createChannel = (body: Schemas['create_channel_request']): Promise<Schemas['channel']> =>
  sendOnce('channel', body, (header) => dataOf(api.POST('/channels', { body, params: { header } })));

/** Under a key of its own, or once for its content. */
export const createPost = (body: Schemas['create_post_request'], key?: string): Promise<Schemas['post']> => {
  const send = (header: { 'Idempotency-Key': string }) => dataOf(api.POST('/posts', { body, params: { header } }));
  return key === undefined ? sendOnce('post', body, send) : send({ 'Idempotency-Key': key });
};
