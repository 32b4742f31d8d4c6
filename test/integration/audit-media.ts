import { randomUUID } from 'node:crypto';
import { type Agent } from '../support/api.js';

/**
 * What changes a library, each once, by the name that the API gives it.
 * @param home asked when it is done: who acts, and where
 */
export function mediaDrivers(
  home: () => { agent: Agent; workspaceId: string },
): Record<string, () => Promise<unknown>> {
  const upload = async (): Promise<string> => {
    const { agent, workspaceId } = home();
    const file = { filename: 'cup.jpg', contentType: 'image/jpeg' };
    const answer = await agent
      .post(`/v1/workspaces/${workspaceId}/media`)
      .attach('file', 'test/fixtures/cup.jpg', file)
      .expect(201);
    return answer.body.id;
  };
  const folder = async (): Promise<string> => {
    const { agent, workspaceId } = home();
    const name = `Folder ${randomUUID()}`;
    return (await agent.post(`/v1/workspaces/${workspaceId}/media/folders`).send({ name }).expect(201)).body.id;
  };
  return {
    uploadMedia: upload,
    updateMedia: async () => {
      const path = `/v1/media/${await upload()}`;
      await home().agent.patch(path).set('If-Match', '"1"').send({ altText: 'A cup of coffee' }).expect(200);
    },
    deleteMedia: async () => {
      const path = `/v1/media/${await upload()}`;
      await home().agent.delete(path).expect(204);
    },
    addMediaVersion: async () => {
      const [id, mediaId] = [await upload(), await upload()];
      await home().agent.post(`/v1/media/${id}/versions`).send({ mediaId }).expect(201);
    },
    createMediaFolder: folder,
    updateMediaFolder: async () => {
      const path = `/v1/media/folders/${await folder()}`;
      await home().agent.patch(path).set('If-Match', '"1"').send({ name: 'Autumn' }).expect(200);
    },
    deleteMediaFolder: async () => {
      const path = `/v1/media/folders/${await folder()}`;
      await home().agent.delete(path).set('If-Match', '"1"').expect(204);
    },
    setMediaQuota: async () => {
      const { agent, workspaceId } = home();
      const body = { allowedBytes: 10_000_000 };
      await agent.put(`/v1/workspaces/${workspaceId}/media/quota`).send(body).expect(200);
    },
  };
}
