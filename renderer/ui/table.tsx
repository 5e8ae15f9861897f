import type { ReactNode } from "react";
import {
  Cell as AriaCell,
  Column as AriaColumn,
  Row as AriaRow,
  Table as AriaTable,
  TableBody as AriaTableBody,
  TableHeader as AriaTableHeader,
  type CellProps,
  type ColumnProps,
  type RowProps,
  type TableBodyProps,
  type TableHeaderProps,
  type TableProps,
} from "react-aria-components/Table";
import { cx } from "./cx.ts";
import styles from "./table.module.css";

type Styled<P> = Omit<P, "className" | "style"> & { className?: string };

/** React Aria's table (arrow keys, selection, sorting, screen readers) in the till's look. */
export function Table({ className, ...props }: Styled<TableProps>) {
  return <AriaTable {...props} className={cx(styles["table"], className)} />;
}

export function TableHeader<T extends object>({
  className,
  ...props
}: Styled<TableHeaderProps<T>>) {
  return <AriaTableHeader {...props} className={cx(styles["header"], className)} />;
}

export function TableBody<T extends object>({ className, ...props }: Styled<TableBodyProps<T>>) {
  return <AriaTableBody {...props} className={cx(styles["body"], className)} />;
}

/** `isNumeric` sets the column right-aligned; give its cells the same. */
export function Column({
  className,
  isNumeric = false,
  ...props
}: Styled<ColumnProps> & { isNumeric?: boolean; children?: ReactNode }) {
  return (
    <AriaColumn
      {...props}
      className={cx(styles["column"], isNumeric && styles["numeric"], className)}
    />
  );
}

export function Row<T extends object>({ className, ...props }: Styled<RowProps<T>>) {
  return <AriaRow {...props} className={cx(styles["row"], className)} />;
}

export function Cell({
  className,
  isNumeric = false,
  ...props
}: Styled<CellProps> & { isNumeric?: boolean }) {
  return (
    <AriaCell
      {...props}
      className={cx(styles["cell"], isNumeric && styles["numeric"], className)}
    />
  );
}
