/**
 * The platforms served by a stand-in: nothing is really published there, and every place that shows such a platform
 * says so.
 */
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
