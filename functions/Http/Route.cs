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

    /// <summary>A server leaves an escaped slash as it is, so that it separates nothing; within a parameter it is
    /// the slash that the caller meant.</summary>
    private static RouteValueDictionary WithSlashes(RouteValueDictionary values)
    {
        foreach ((string name, object? value) in values)
        {
            if (value is string text && text.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            {
                values[name] = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            }
        }

        return values;
    }

    /// <summary>The path's parameters, or null when the path is another.</summary>
    internal RouteValueDictionary? Match(string path)
    {
        if (_matcher is null)
        {
            return path.AsSpan().Trim('/').Equals(_path, StringComparison.OrdinalIgnoreCase) ? [] : null;
        }

        RouteValueDictionary values = [];
        return _matcher.TryMatch(path, values) ? WithSlashes(values) : null;
    }
}
