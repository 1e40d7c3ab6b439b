/** Which platforms a stand-in serves: nothing of theirs is published for real, and every place that shows one says so. */
import { useQuery } from '@tanstack/react-query';
import { connectorsQuery, type ChannelType } from './channels';
import { useMay } from './people';

const useStandIns = () => {
  const mayRead = useMay('read_channels');
  const { data = [] } = useQuery({ ...connectorsQuery, enabled: mayRead });
  return data.filter((each) => each.is_sandbox);
};

export const useSandboxNames = (): string[] => useStandIns().map((each) => each.name);

/** Whether a platform is one of them. */
export const useIsSandbox = (): ((type: ChannelType) => boolean) => {
  const standIns = useStandIns();
  return (type) => standIns.some((each) => each.type === type);
};
