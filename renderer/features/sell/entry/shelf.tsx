import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../../bridge/index.ts";
import { Choice, EmptyState } from "../../../ui/index.ts";
import { LoadError } from "../../../ui/load-error.tsx";
import { useSell } from "../sell-context.ts";
import { ProductTile } from "./product-tile.tsx";
import styles from "./shelf.module.css";
import { useShelf } from "./use-shelf.ts";

const ALL = "";

/** Products to touch: by category while nothing is typed, else what was found, best first. */
export function Shelf() {
  const { t } = useTranslation("sell");
  const { entry, setEntry, addProduct } = useSell();
  const { catalogueSize } = useStatus();
  const { products, isLoading, error, retry } = useShelf(entry);
  const [category, setCategory] = useState(ALL);
  const isSearching = entry.trim() !== "";
  const categories = [...new Set(products.map((product) => product.category))].filter(
    (name) => name !== "",
  );
  const isInCategory = !isSearching && categories.includes(category);
  const shown = isInCategory ? products.filter((each) => each.category === category) : products;

  return (
    <div className={styles["shelf"]}>
      {!isSearching && categories.length > 1 && (
        <Choice
          label={t("shelf.categories")}
          isLabelHidden
          look="chips"
          className={styles["categories"]}
          value={isInCategory ? category : ALL}
          onChange={setCategory}
          options={[
            { value: ALL, label: t("shelf.all") },
            ...categories.map((name) => ({ value: name, label: name })),
          ]}
        />
      )}
      {error !== null ? (
        <LoadError
          title={t("shelf.unanswered")}
          error={error}
          retry={t("shelf.retry")}
          onRetry={retry}
        />
      ) : shown.length === 0 && !isLoading ? (
        <EmptyState
          icon={isSearching ? "search" : "box"}
          title={isSearching ? t("shelf.nothingFound", { entry }) : t("shelf.empty")}
        >
          {t(isSearching ? "shelf.nothingFoundHelp" : "shelf.emptyHelp", { count: catalogueSize })}
        </EmptyState>
      ) : (
        <ul className={styles["tiles"]} aria-label={t("shelf.label")}>
          {shown.map((product, index) => (
            <li key={product.code}>
              <ProductTile
                product={product}
                isFirst={isSearching && index === 0}
                onAdd={() => {
                  addProduct(product);
                  setEntry("");
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
