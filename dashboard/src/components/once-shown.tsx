/** A secret that is shown only once. */
import { Copy } from 'lucide-react';
import { Button } from '@/components/button';
import { toast, toastError } from '@/components/toast';
import { commonStrings } from '@strings/common';

const copy = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    toast(commonStrings.copied);
  } catch (error) {
    toastError(error);
  }
};

export const CopyButton = ({ text, label = commonStrings.copy }: { text: string; label?: string }) => (
  <Button size="small" icon={Copy} onClick={() => void copy(text)}>
    {label}
  </Button>
);

export const OnceShown = ({ title, secret, children }: { title: string; secret: string; children?: string }) => (
  <div className="flex flex-col gap-2 rounded-card border border-success-line bg-success-tint p-3" data-once>
    <p className="font-name text-success-text">{title}</p>
    <output className="font-mono text-meta break-all select-all">{secret}</output>
    {children && <p className="text-meta text-secondary">{children}</p>}
    <span>
      <CopyButton text={secret} />
    </span>
  </div>
);
