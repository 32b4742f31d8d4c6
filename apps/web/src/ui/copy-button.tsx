import { ActionIcon, Button, type ButtonProps, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { notifyError } from './notify.js';

const SHOWN_MS = 2000;

interface CopyProps {
  /** Made when it is asked for. */
  text: () => string;
  /** What is copied: "Copy the request id". */
  label: string;
}

/** Copies a short text; its name says which. */
export function CopyIcon({ text, label }: CopyProps) {
  const [copied, copy] = useCopy(text);
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={copied ? 'Copied' : label}>
        {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}

/** Copies a long text. */
export function CopyButton({ text, label, ...props }: CopyProps & ButtonProps) {
  const [copied, copy] = useCopy(text);
  const Sign = copied ? IconCheck : IconCopy;
  return (
    <Button variant="subtle" size="xs" {...props} leftSection={<Sign size={14} aria-hidden />} onClick={copy}>
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </Button>
  );
}

/** Copies, and says for a moment that it did. */
function useCopy(text: () => string): [copied: boolean, copy: () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, () => void write(text()).then(() => setCopied(true), notifyError)];
}

/** The clipboard's own interface exists on secure origins alone, and a trial may run on http://<name in the office>. */
async function write(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('The browser does not let this page copy.');
  return undefined;
}
