namespace Aisle.AbReport.Page;

/// <summary>How the page looks: on a phone, on paper, in the dark.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet; it asks for nothing from elsewhere.</summary>
    public const string Css =
        """
        :root{--ink:#16202b;--soft:#51606f;--paper:#fff;--card:#f5f7f9;--rule:#d5dce3;--good:#05603a;--bad:#a01b12;--open:#7a4d00;--main:#175cd3;--band:#175cd326;--a0:#667a8f;--a1:#175cd3;--a2:#b54708;--a3:#6f3fb5}
        @media screen and (prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a8b5c2;--paper:#12171c;--card:#1b2229;--rule:#37424d;--good:#6ce9a6;--bad:#fda29b;--open:#fec84b;--main:#84adff;--band:#84adff33;--a0:#90a2b5;--a1:#84adff;--a2:#f7b27a;--a3:#bda2f0}}
        *{box-sizing:border-box}body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);background:var(--paper);margin:0}
        main{max-width:78rem;margin:0 auto;padding:1.2rem}h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{margin:.4rem 0}.soft{color:var(--soft)}
        .verdict{border-left:6px solid var(--open);background:var(--card);padding:.8rem 1rem;border-radius:.4rem;margin:1rem 0}.verdict strong{font-size:1.2rem;display:block}
        .verdict.is-ship{border-color:var(--good)}.verdict.is-do_not_ship,.verdict.is-invalid{border-color:var(--bad)}.verdict ul{margin:.4rem 0 0;padding-left:1.2rem}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}caption{text-align:left;color:var(--soft);padding:.3rem 0}
        th,td{padding:.35rem .6rem;border-bottom:1px solid var(--rule);text-align:right;vertical-align:middle;white-space:nowrap}th:first-child,td:first-child{text-align:left;white-space:normal;min-width:10rem}
        th{font-weight:600;color:var(--soft)}td.word{text-align:left;font-weight:600;white-space:normal;min-width:6rem}.higher,.unharmed{color:var(--good)}.lower,.harmed{color:var(--bad)}.borderline,.keep_running{color:var(--open)}.no_answer,.none{color:var(--soft)}
        svg text{fill:var(--soft);font-size:12px}svg .zero{stroke:var(--ink);stroke-width:1}svg .grid{stroke:var(--rule);stroke-width:1}.interval .range{stroke:currentColor;stroke-width:3;stroke-linecap:round}.interval .point{fill:currentColor}
        .chart{width:100%;height:auto;max-width:46rem}.band{fill:var(--band)}.line{fill:none;stroke:var(--main);stroke-width:2.5}.arm0{fill:var(--a0)}.arm1{fill:var(--a1)}.arm2{fill:var(--a2)}.arm3{fill:var(--a3)}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:var(--soft)}dd{margin:0}details{margin:.6rem 0}summary{cursor:pointer;font-weight:600}
        @media print{body{font-size:11px}main{padding:0}.scroll{overflow:visible}details::details-content{content-visibility:visible;display:block;height:auto}summary{display:none}h2{break-after:avoid}tr,svg{break-inside:avoid}
          table{font-size:8.5px}th,td,th:first-child,td:first-child,td.word{white-space:normal;min-width:0;padding:.15rem .25rem;overflow-wrap:anywhere}svg.interval{width:90px;height:auto}}
        @media(max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
        """;
}
