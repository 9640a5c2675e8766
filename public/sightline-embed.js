/*
 * <sightline-figure view="lines" text="The cat sat on the mat."></sightline-figure>
 * Makes the frame of a figure and keeps it as high as its content. Every attribute is a field of the link; `fragment` gives a
 * whole one. Documentation: docs/embed.md.
 */
(() => {
  const base = new URL("embed.html", document.currentScript?.src ?? location.href).href;
  const OWN = ["fragment", "height", "title", "id", "class", "style", "slot", "hidden"];

  class SightlineFigure extends HTMLElement {
    #frame = document.createElement("iframe");
    #hear = ({ source, data }) => {
      if (source !== this.#frame.contentWindow || data?.source !== "sightline" || data.v !== 1) return;
      if (data.type === "resize" && Number.isFinite(data.height)) this.#frame.height = data.height;
      this.dispatchEvent(new CustomEvent(`sightline-${data.type}`, { detail: data }));
    };

    connectedCallback() {
      const frame = this.#frame;
      const params = new URLSearchParams((this.getAttribute("fragment") ?? "v=1").replace(/^#/, ""));
      for (const { name, value } of this.attributes) if (!OWN.includes(name)) params.set(name, value);
      frame.src = `${base}#${params}`;
      frame.title = this.getAttribute("title") ?? "Sightline";
      frame.height = this.getAttribute("height") ?? "480";
      frame.loading = "lazy";
      frame.setAttribute("sandbox", "allow-scripts allow-popups");
      frame.style.cssText = "display:block;width:100%;border:0";
      this.style.display = "block";
      this.append(frame);
      addEventListener("message", this.#hear);
    }

    disconnectedCallback() {
      removeEventListener("message", this.#hear);
    }

    /** Shows what a fragment says; what it leaves out stays as it is. */
    set(fragment) {
      this.#frame.contentWindow?.postMessage({ source: "sightline", v: 1, type: "set", fragment }, "*");
    }
  }

  customElements.define("sightline-figure", SightlineFigure);
})();
