import "../ui/tokens.css";
import "../ui/fonts.css";
import "../ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CustomerPage } from "./customer-page.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("customer.html has no #root");

createRoot(root).render(
  <StrictMode>
    <CustomerPage />
  </StrictMode>,
);
