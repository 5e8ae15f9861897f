import { useTranslation } from "react-i18next";

/** An encoding as a person knows it: where it is used, then its name. */
export function EncodingName({ encoding }: { encoding: string }) {
  return useEncodingName()(encoding);
}

export function useEncodingName(): (encoding: string) => string {
  const { t } = useTranslation("catalogue");
  return (encoding) => t(`encodingName.${encoding}`, { defaultValue: encoding.toUpperCase() });
}
