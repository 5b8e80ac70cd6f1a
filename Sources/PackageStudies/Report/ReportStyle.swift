/// The page's style. However narrow the window and long the names, the page does not scroll sideways; a table or a plot
/// may, in its own box. Colours are Okabe and Ito's (https://jfly.uni-koeln.de/color), lighter on a dark page.
enum ReportStyle {
    static let css = """
        :root{color-scheme:light dark;--page:#fff;--ink:#1b1f24;--soft:#57606a;--rule:#d0d7de;--stripe:#f3f5f8;\
        --c0:#0072b2;--c1:#e69f00;--c2:#5c6670;--c3:#009e73;--c4:#cc79a7;--c5:#d55e00;--c6:#56b4e9;--c7:#8a7a00;\
        --off:#d5dae0;--link:#0b57a4}
        @media (prefers-color-scheme:dark){:root{--page:#14171b;--ink:#e8eaed;--soft:#a9b1ba;--rule:#3a414a;\
        --stripe:#1d2126;--c0:#56b4e9;--c1:#e69f00;--c2:#98a2ad;--c3:#2fc79a;--c4:#e29ac4;--c5:#ff8a4c;--c6:#8fd0ff;\
        --c7:#f0e442;--off:#343b44;--link:#7cc0ff}}
        *{box-sizing:border-box}
        body{margin:0;overflow-wrap:anywhere;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main{max-width:1080px;margin:0 auto;padding:24px 16px 48px}
        h1{font-size:1.7rem;line-height:1.2;margin:.2em 0 .3em}h2{font-size:1.25rem;margin:2em 0 .5em}
        p{max-width:70ch;margin:.5em 0}.soft{color:var(--soft)}a{color:var(--link)}
        dl.key{display:flex;flex-wrap:wrap;gap:12px;margin:20px 0}dl.key div{flex:1 1 150px;border:1px solid var(--rule);\
        border-radius:8px;padding:10px 14px}dl.key dt{color:var(--soft);font-size:.85rem}\
        dl.key dd{margin:0;font-size:1.45rem;font-variant-numeric:tabular-nums}
        figure{margin:1.2em 0 2em}figcaption{font-weight:600;margin-bottom:8px}.data{font-size:.85rem;margin:.3em 0}
        .scroll{overflow-x:auto}.scroll:focus-visible{outline:2px solid var(--link);outline-offset:3px}
        table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;width:100%}
        caption{text-align:left;font-weight:600;padding-bottom:8px}
        th,td{padding:5px 8px;border-bottom:1px solid var(--rule);text-align:right;white-space:nowrap}
        th:first-child,td:first-child,.left{text-align:left}.wrap{white-space:normal;overflow-wrap:anywhere;min-width:12em}
        thead th{border-bottom:2px solid var(--soft);vertical-align:bottom}tfoot td,tfoot th{font-weight:600}
        pre{background:var(--stripe);padding:12px;border-radius:6px;white-space:pre-wrap;font-size:.82rem;line-height:1.45}
        summary{cursor:pointer;margin:.6em 0}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        svg{display:block}svg text{font:13px system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--ink)}
        svg .tick{font-size:12px;fill:var(--soft)}svg .tiny{font-size:9.5px;fill:var(--soft)}\
        svg .axis{font-size:12.5px;fill:var(--soft)}
        .grid{stroke:var(--rule);stroke-width:1}.stripe{fill:var(--stripe)}.off{fill:var(--off)}.on{fill:var(--ink)}
        .link{stroke:var(--ink);stroke-width:2.5}.line{fill:none;stroke-width:2.2}
        .c0{fill:var(--c0)}.c1{fill:var(--c1)}.c2{fill:var(--c2)}.c3{fill:var(--c3)}
        .c4{fill:var(--c4)}.c5{fill:var(--c5)}.c6{fill:var(--c6)}.c7{fill:var(--c7)}
        .l0{stroke:var(--c0)}.l1{stroke:var(--c1);stroke-dasharray:8 3}.l2{stroke:var(--c3);stroke-dasharray:2 3}
        .l3{stroke:var(--c4);stroke-dasharray:10 3 2 3}.l4{stroke:var(--c5)}.l5{stroke:var(--c6);stroke-dasharray:6 3}
        .l6{stroke:var(--c7);stroke-dasharray:3 2}.l7{stroke:var(--c2);stroke-dasharray:12 4}
        @media print{:root{--page:#fff;--ink:#000;--soft:#444;--rule:#bbb;--stripe:#f3f5f8;--c0:#0072b2;--c1:#e69f00;\
        --c2:#5c6670;--c3:#009e73;--c4:#cc79a7;--c5:#d55e00;--c6:#56b4e9;--c7:#8a7a00;--off:#d5dae0;--link:#000}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        body{font-size:10.5pt}main{max-width:none;padding:0}figure,table,pre,dl.key{break-inside:avoid}h2{break-after:avoid}
        .scroll{overflow:visible}svg{min-width:0!important;max-width:100%!important;height:auto}.data{display:none}\
        details:not([open])>*{display:none}
        table{font-size:8pt}th,td{padding:3px 4px}thead th{white-space:normal}@page{margin:16mm}}
        """
}
