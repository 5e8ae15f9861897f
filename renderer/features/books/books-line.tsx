import { useTranslation } from "react-i18next";
import { FrameLine } from "../frame/frame-line.tsx";
import { useBooks } from "./use-books.ts";

/** A red line across the frame while the books are known not to be as the till wrote them. */
export function BooksLine() {
  const { t } = useTranslation("books");
  const check = useBooks()?.lastCheck;
  if (!check || check.state === "whole" || check.state === "noted") return null;
  return (
    <FrameLine tone="loud" words="books">
      {t(`line.${check.state}`, { count: check.found })}
    </FrameLine>
  );
}
