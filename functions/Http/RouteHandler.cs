using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.Http;

/// <summary>Answers one path.</summary>
/// <param name="context">The request; its token is <see cref="HttpContext.RequestAborted"/>.</param>
/// <param name="values">The path's parameters by name, already unescaped.</param>
public delegate Task RouteHandler(HttpContext context, RouteValueDictionary values);
