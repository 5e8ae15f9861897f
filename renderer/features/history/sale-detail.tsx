import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { SaleDetail, SaleHead } from "../../../main/contract/history.ts";
import { isSettled } from "../../../main/domain/receipt/state.ts";
import { useCall } from "../../bridge/index.ts";
import {
  CauseWord,
  EmptyState,
  Icon,
  Money,
  PaperStrip,
  Spinner,
  StateWord,
  useFormat,
} from "../../ui/index.ts";
import { LoadError } from "../../ui/load-error.tsx";
import styles from "./sale-detail.module.css";
import { PaperTrail } from "./paper-trail.tsx";
import { PrintKey } from "./print-key.tsx";

/** The right half: one receipt as paper, what happened to it, and the key that prints it. */
export function SaleDetailPane({
  saleId,
  isEmpty,
  onLoaded,
}: {
  saleId: number | null;
  isEmpty: boolean;
  /** Called with the head of every reading: the list beside may be older. */
  onLoaded: (head: SaleHead) => void;
}) {
  const { t } = useTranslation("history");
  if (saleId === null)
    return isEmpty ? null : (
      <section className={styles["pane"]} aria-label={t("detail.paper")}>
        <EmptyState icon="history" title={t("pick.title")}>
          <p>{t("pick.body")}</p>
        </EmptyState>
      </section>
    );
  return <LoadedDetail key={saleId} saleId={saleId} onLoaded={onLoaded} />;
}

function LoadedDetail({
  saleId,
  onLoaded,
}: {
  saleId: number;
  onLoaded: (head: SaleHead) => void;
}) {
  const { t } = useTranslation("history");
  const sale = useCall("history.sale", { saleId });
  const head = sale.data?.head;
  useEffect(() => {
    if (head) onLoaded(head);
  }, [head, onLoaded]);
  return (
    <section className={styles["pane"]} aria-label={t("detail.label", { no: saleId })}>
      {sale.data ? (
        <Detail detail={sale.data} />
      ) : sale.isError ? (
        <LoadError
          title={sale.error.code === "NO_SUCH_SALE" ? t("detail.notThere") : t("error.title")}
          error={sale.error}
          retry={t("error.retry")}
          onRetry={() => void sale.refetch()}
        />
      ) : (
        <p className={styles["waiting"]} role="status">
          <Spinner /> {t("list.loading")}
        </p>
      )}
    </section>
  );
}

function Detail({ detail }: { detail: SaleDetail }) {
  const { t } = useTranslation("history");
  return (
    <>
      <DetailHead detail={detail} />
      <div className={styles["body"]}>
        {/* A receipt can be longer than the screen: the keyboard must reach its end. */}
        <div className={styles["paper"]} role="region" aria-label={t("detail.paper")} tabIndex={0}>
          <PaperStrip
            lines={detail.receipt}
            columns={detail.columns}
            className={detail.columns > 40 ? styles["wide"] : styles["narrow"]}
          />
        </div>
        <PaperTrail detail={detail} />
      </div>
    </>
  );
}

function DetailHead({ detail }: { detail: SaleDetail }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { head, status } = detail;
  const isOwed = !isSettled(status.state);
  return (
    <header className={styles["head"]}>
      <div className={styles["facts"]}>
        <h2 className={styles["no"]}>{head.saleId}</h2>
        <Money minor={head.totalMinor} isBig className={styles["amount"]} />
        <p className={styles["when"]}>
          {format.dateTime(head.atMs)} · {head.cashier}
        </p>
        <p className={styles["state"]}>
          <StateWord state={status.state} proof={head.proof} />
          {isOwed && status.cause !== null && <CauseWord cause={status.cause} />}
          {status.deferredUntilMs !== null && (
            <span className={styles["deferred"]}>
              <Icon name="clock" size={18} />
              {t("detail.deferredUntil", { time: format.time(status.deferredUntilMs) })}
            </span>
          )}
          {(status.handover === "waiting" || status.handover === "unclaimed") && (
            <span className={styles["deferred"]}>
              <Icon name="tray" size={18} />
              {t(status.handover === "waiting" ? "detail.waitingHandover" : "detail.unclaimed")}
            </span>
          )}
        </p>
      </div>
      <PrintKey detail={detail} isOwed={isOwed} />
    </header>
  );
}
