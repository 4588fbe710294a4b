using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Aisle.Http;

/// <summary>One method and path of a function.</summary>
/// <param name="Method">The HTTP method in capitals.</param>
/// <param name="Template">The path, with parameters in braces.</param>
/// <param name="Role">Who may call it.</param>
/// <param name="Handler">What answers it.</param>
public sealed record Route(string Method, string Template, ApiRole Role, RouteHandler Handler)
{
    private readonly TemplateMatcher? _matcher = Template.Contains('{') ? new(TemplateParser.Parse(Template), []) : null;
    private readonly string _path = Template.Trim('/');

    /// <summary>Whether the path has no parameters.</summary>
    internal bool IsLiteral => _matcher is null;

    /// <summary>The path's parameters, or null when the path is another.</summary>
    internal RouteValueDictionary? Match(string path)
    {
        if (_matcher is null)
        {
            return path.AsSpan().Trim('/').Equals(_path, StringComparison.OrdinalIgnoreCase) ? [] : null;
        }

        RouteValueDictionary values = [];
        return _matcher.TryMatch(path, values) ? values : null;
    }
}
